# One image for web, worker and schedule; docker-compose.yml says which process it runs.
FROM python:3.13-slim
WORKDIR /app
RUN useradd --create-home plumbline && mkdir /data && chown plumbline /data
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY . .
USER plumbline
ENV DATA_DIR=/data PYTHONUNBUFFERED=1
EXPOSE 8000
CMD ["python", "-m", "gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--access-logfile", "-"]
