# What ./run and ./test share: finding Python, making .venv, installing the locked packages. Sourced, never run.
# Expects $here, the folder of the repository. All that it says goes to stderr; $python is the result.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# The stamp is a copy of the lock file that was installed last, kept in the folder of that Python's packages: another
# lock, another Python or an interrupted installation all mean that it is missing or differs.
stamped() {
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2]) if sys.version_info >= (3, 11) else sys.exit(1)' 2>/dev/null) || return 1
    stamps=$here/.venv/lib/python$version
    cmp -s "$here/$1" "$stamps/$1"
}

find_python() {
    old=''
    bare=''
    for name in python3.13 python3.12 python3.11 python3; do
        found=$(command -v "$name" 2>/dev/null) || continue
        # A shim may exist without the Python behind it, so only one that answers counts.
        real=$("$found" -c 'import sys; print(sys.executable)' 2>/dev/null) || continue
        if ! "$real" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            old=$real
        elif ! "$real" -c 'import ensurepip, venv' 2>/dev/null; then
            bare=$real
        else
            printf '%s\n' "$real"
            return 0
        fi
    done
    if [ -n "$bare" ]; then
        version=$("$bare" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        stop "Opstap needs Python's venv module, which is missing here: install the Debian package python$version-venv."
    fi
    [ -z "$old" ] || stop "Opstap needs Python 3.11 or newer, and $old is older: install the Debian packages python3 and python3-venv of Debian 12 or later."
    stop "Opstap needs Python 3.11 or newer, and there is none here: install the Debian packages python3 and python3-venv."
}

make_environment() {
    # An installation that was cut off may leave half a package that pip takes for a whole one: begin anew.
    if [ ! -e "$here/.venv/installing" ] \
        && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
        && "$python" -m pip --version >/dev/null 2>&1; then
        return 0
    fi
    base=$(find_python) || exit 1
    say "Making .venv with $base ..."
    rm -rf "$here/.venv"
    "$base" -m venv "$here/.venv" >&2 || {
        rm -rf "$here/.venv"
        stop "Python could not make $here/.venv: see what it says above."
    }
}

# install_locked LOCK [ALSO]: ALSO is a lock whose packages LOCK contains, so that both are stamped.
install_locked() {
    say "Installing the packages of $1 (once; a minute or two) ..."
    rm -f "$here"/.venv/lib/python*/requirements*.lock
    : >"$here/.venv/installing"
    if "$python" -m pip install -qq --no-input --disable-pip-version-check --no-warn-script-location \
        --require-hashes --requirement "$here/$1" >&2; then
        rm -f "$here/.venv/installing"
    else
        rm -f "$here/.venv/installing"
        stop "The packages of $1 could not be installed: see what pip says above. Nothing was started."
    fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    for lock in "$@"; do
        cp "$here/$lock" "$here/.venv/lib/python$version/.$lock.new"
        mv -f "$here/.venv/lib/python$version/.$lock.new" "$here/.venv/lib/python$version/$lock"
    done
}

# The lock is the system's own on an open file: it goes when its holder ends, however that happens.
set_up() {
    python=$here/.venv/bin/python
    stamped "$1" && return 0
    base=$(find_python) || exit 1
    (: >>"$here/.venv.lock") 2>/dev/null || stop "Opstap can't write in $here: make the folder yours, or copy it to one that is."
    exec 9>>"$here/.venv.lock"
    if ! "$base" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null; then
        say "Another start is setting up .venv; waiting for it ..."
        "$base" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)' || stop "The lock $here/.venv.lock can't be taken."
    fi
    if ! stamped "$1"; then
        make_environment
        install_locked "$@"
    fi
    exec 9>&-
}
