# The front door; CMake does the work (CMakeLists.txt, CMakePresets.json).
#
#   make run         build and start a broker on localhost:9092, with its data in build/data
#   make build       build/millrace
#   make test        everything that CI runs (tests/README.md)
#   make soak        the long tests, in the background, in as many sittings as it takes
#   make bench       measure (bench/README.md)
#   make format      clang-format over the tree
#   make install     as root, to PREFIX (/usr/local); DESTDIR is respected
#   make clean       all but build/data and build/soak
#
# What is missing on a Debian 12 is installed first, and named (tests/install-deps).

PREFIX = /usr/local
# More settings, as in: make run SET="--override millrace.shards=1"
SET =

.PHONY: run build test soak bench format install clean
.NOTPARALLEL:

run: build
	mkdir -p build/data
	exec build/millrace serve --override log.dirs=build/data $(SET)

build:
	tests/install-deps build
	cmake --preset default > /dev/null
	cmake --build --preset default --target millrace

test:
	@tests/install-deps test
	@tests/run

soak:
	@tests/install-deps test
	@tests/soak

bench: build
	@tests/install-deps test
	cmake --build --preset default --target mr_bench
	bench/run

format:
	@tests/install-deps test
	git ls-files -co --exclude-standard '*.c' '*.h' | grep -vE '(^|/)gen/|_gen\.[ch]$$' | xargs clang-format-14 -i

install:
	cmake --install build --prefix $(PREFIX)

clean:
	rm -rf build-debug build-asan build-tsan
	[ ! -d build ] || find build -mindepth 1 -maxdepth 1 ! -name data ! -name soak -exec rm -rf {} +
