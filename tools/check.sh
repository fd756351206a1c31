#!/bin/sh
# The house's gates, all of them even when one fails: check.sh BIN.
bin=$1
export PYTHONPATH=site
failed=0
gate() {
  name=$1
  shift
  if out=$("$@" 2>&1); then
    echo "ok      $name"
  else
    failed=1
    echo "FAILED  $name"
    echo "$out"
  fi
}
gate "ruff" "$bin/ruff" check .
gate "ruff format" "$bin/ruff" format --check .
gate "djade" sh -c "find templates -name '*.html' | xargs $bin/djade --check --target-version 5.2"
gate "mypy" "$bin/mypy" site home campaign resources
gate "import contracts" "$bin/lint-imports"
gate "django check" env DJANGO_SETTINGS_MODULE=config.settings.test "$bin/python" manage.py check --fail-level WARNING
gate "no missing migration" env DJANGO_SETTINGS_MODULE=config.settings.test "$bin/python" manage.py makemigrations --check --dry-run
gate "translations" "$bin/python" locale/compile.py --check
gate "deploy check" env DJANGO_SETTINGS_MODULE=config.settings.production ALLOWED_HOSTS=example.edu.vn \
  BASE_URL=https://example.edu.vn SECRET_KEY="$("$bin/python" -c 'import secrets; print(secrets.token_urlsafe(64))')" \
  "$bin/python" manage.py check --deploy --fail-level WARNING
exit $failed
