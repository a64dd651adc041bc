# One image for every process: web, worker, beat and migrate differ in their command (docker-compose.yml).
FROM node:24-bookworm-slim AS npm
WORKDIR /srv/portal
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts

FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/portal
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-default-groups --no-editable
COPY . .
COPY --from=npm /srv/portal/node_modules node_modules
RUN python script/build_assets.py \
 && .venv/bin/python -m portal.catalogs \
 && SECRET_KEY=build DATABASE_URL=postgresql:///none REDIS_URL=redis://none STATIC_ROOT=/srv/static \
    .venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
 && rm -rf node_modules

FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
 && install -d -o portal -g portal /srv/documents
WORKDIR /srv/portal
COPY --from=build /srv/portal /srv/portal
COPY --from=build /srv/static /srv/static
ENV PATH=/srv/portal/.venv/bin:$PATH PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=portal.settings.base \
    STATIC_ROOT=/srv/static DOCUMENTS_DIR=/srv/documents VAR_DIR=/tmp/portal
USER portal
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--timeout=60", "--access-logfile=-"]
