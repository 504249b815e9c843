#!/bin/sh
exec spawnlint "$@"
