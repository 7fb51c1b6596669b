# make grade   set up, build, grade submissions/ with rubrics/homework-1.xml, print the scores
# make test    set up, build with the arrows checked, run all tests
# make check   everything that must hold before a commit: format, build, tests
# make bench   speed and memory; N=10000 for another number of submissions
# make format  format the sources

OUT := .build/gradus
GRADUS := .build/release/gradus

.PHONY: grade test check bench format setup build

grade: build
	@mkdir -p $(OUT)
	@$(GRADUS) grade submissions --rubric rubrics/homework-1.xml --database $(OUT)/grades.sqlite \
	  --junit $(OUT)/junit.xml --json $(OUT)/results.json
	@echo "in $(OUT): grades.sqlite, junit.xml, results.json"

build: setup
	swift build -c release --product gradus

setup:
	@scripts/setup

test: setup
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --disable-xctest

check: setup
	@scripts/check

bench: setup
	@scripts/bench $(N)

format:
	swift format -i -r Package.swift Sources Tests
