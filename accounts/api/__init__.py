"""What every door of the API shares: who asks, what they may, what is read and how it is answered."""
