# The one way in. `make` lists the targets; each stands on those before it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BROWSER ?= chromium
GO_FILES := $(shell git ls-files '*.go' go.mod go.sum 2>/dev/null)

.PHONY: help
help: ## list the targets
	@echo "Sightline: make TARGET"
	@grep -hE '^[a-z][a-z0-9-]*:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

# ---- what users need

.PHONY: run
run: setup build ## see it work: servers on loopback, a browser with Sightline, a sample report
	@node scripts/run.mjs

.PHONY: test
test: setup ## install what is missing and pass every test
	@scripts/test

.PHONY: build
build: wasm bin/sightline ## the native program and the extension's core

bin/sightline: $(GO_FILES)
	go build -trimpath "$$(scripts/engineflags)" -o bin/sightline ./cmd/sightline

.PHONY: wasm
wasm: ## the extension's core: extension/wasm/
	@scripts/build-wasm

.PHONY: pack
pack: wasm ## the packed extension, for Chromium and for Firefox: dist/
	@go run ./scripts/pack

# ---- what developers need

.PHONY: setup
setup: ## install what is missing: browsers, a screen without monitor, npm tools
	@scripts/setup

.PHONY: generate
generate: ## make every generated file anew
	@scripts/generate

.PHONY: check
check: ## format, vet, staticcheck, types, linters, generated files
	@scripts/check

.PHONY: test-go
test-go: ## Go tests
	go test ./...

.PHONY: test-wasm
test-wasm: ## the same Go tests as wasm, in Node
	@scripts/test-wasm

.PHONY: test-js
test-js: ## tests of the extension's modules, in Node
	@scripts/test-js

.PHONY: test-worker
test-worker: ## the station as a Worker, under Miniflare
	@scripts/test-worker

.PHONY: test-e2e
test-e2e: setup build ## end to end in Chromium and Firefox
	@node --test --test-concurrency=1 scripts/e2e/*.test.mjs

.PHONY: journey
journey: setup build ## the journey alone, with its times (BROWSER=chromium or firefox)
	@node scripts/e2e/journey.mjs $(BROWSER)

.PHONY: size
size: pack ## sizes in bytes, as one JSON object
	@scripts/build-worker >&2
	@node scripts/size.mjs

.PHONY: bench
bench: ## the engine's speed: native, and as wasm in Node and Chromium
	@scripts/bench/run

.PHONY: profile
profile: ## measure which of the engine's calls are made most, by which it is compiled
	@scripts/profile

.PHONY: bench-lookup
bench-lookup: ## the index behind a look-up: native and as wasm, beside a Go map and SQLite
	@scripts/bench-lookup

.PHONY: score
score: ## the engine's accuracy on the labelled corpora
	@scripts/score

.PHONY: fuzz
fuzz: ## every law under fuzzing (FUZZTIME=10m, 30s unless told; PACKAGES=./core/indicator)
	@scripts/fuzz $(or $(FUZZTIME),30s) $(PACKAGES)

.PHONY: clean
clean: ## remove what was built
	rm -rf bin dist shots .cache extension/wasm/core.wasm extension/wasm/wasm_exec.js extension/wasm/build-info.json
