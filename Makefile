# Everything a newcomer types. Two are enough: make run, make test.
# What is installed or built already is not installed or built again.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VERSION := $(shell git describe --always --dirty 2>/dev/null || echo unknown)
asset   := internal/web/asset
# Tailwind reads the class names from the views, so they count as sources.
asset_sources := $(shell find $(asset)/src internal/web/view -type f -not -name '*_templ.go' 2>/dev/null) \
	script/assets.mjs package.json

.PHONY: run
run: build ## install what is missing, build, start the demo clinic, print its address and sign-ins
	@exec bin/daftar demo $(ARGS)

.PHONY: test
test: toolchain assets ## install what is missing, then every test: both databases, browser, floors (PKG=./internal/money/...)
	@exec script/test $(PKG)

.PHONY: build
build: toolchain assets ## bin/daftar
	@go build -trimpath -ldflags '-X main.version=$(VERSION)' -o bin/daftar ./cmd/daftar

.PHONY: bench
bench: toolchain assets ## measure beside the floors of the same run; writes bench/results.json
	@script/install browser postgres
	@script/postgres durable go run ./bench $(ARGS)

.PHONY: check
check: toolchain assets .build/bin/staticcheck ## format, vet, staticcheck, generated files are current
	@exec script/check

.PHONY: scenarios
scenarios: toolchain assets ## run the scenario files of a folder on both databases: make scenarios DIR=path
	@test -n "$(DIR)" || { echo "scenarios: say which folder: make scenarios DIR=testdata/scenarios" >&2; exit 2; }
	@script/install postgres
	@script/postgres run go run ./cmd/scenarios "$(DIR)"

.PHONY: histories
histories: toolchain assets ## the random histories of make test, many times as long: money, points, desk, lots
	@script/install postgres hledger
	@script/postgres run go test -timeout 3h ./test/history -steps 10000 -machine.runs 300
	@script/postgres run go test -timeout 3h ./internal/desk ./internal/clinic -rapid.checks 400

.PHONY: fuzz
fuzz: toolchain assets ## each fuzz target for FUZZTIME=20s
	@exec script/fuzz

.PHONY: generate
generate: toolchain ## templ components to Go; the result is committed
	@go tool templ generate

.PHONY: assets
assets: $(asset)/dist/manifest.json ## styles, script, fonts and icons for the browser

$(asset)/dist/manifest.json: node_modules/.stamp $(asset_sources)
	@node script/assets.mjs

node_modules/.stamp: package-lock.json
	@echo "npm: installing (once for each package-lock.json)"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.build/bin/staticcheck: tools/go.mod tools/go.sum
	@mkdir -p .build/bin
	@cd tools && go build -o ../.build/bin/staticcheck honnef.co/go/tools/cmd/staticcheck

.PHONY: toolchain
toolchain:
	@script/install toolchain

.PHONY: clean
clean: ## remove what was built; databases are kept
	@rm -rf bin .build .bench $(asset)/dist $(asset)/dist.new node_modules

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
