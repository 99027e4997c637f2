#include "core/store/options.h"

#include "core/store/store.h"

#include "tests/support/catch.h"
#include "tests/support/names.h"

namespace nitro {

TEST_CASE("options: names of letters, digits, dots, underscores and hyphens are good") {
  for (const char* name : {"a", "default", "Shop.v2_prices-EUR", "-", "_.", "0"}) {
    CAPTURE(name);
    CHECK(why_name_is_bad(name) == "");
  }
  CHECK(why_name_is_bad(std::string(64, 'n')) == "");
}

TEST_CASE("options: every other name is bad, and the reason is given") {
  for (const std::string& name :
       {std::string(), std::string(65, 'n'), std::string(".hidden"), std::string("a/b"),
        std::string("../etc"), std::string("a b"), std::string("\xc3\xa4"), std::string("a\0b", 3),
        std::string("a\n")}) {
    CAPTURE(name);
    CHECK(why_name_is_bad(name) != "");
  }
}

TEST_CASE("options: a bad name, size or entry size is a bad argument, named in the error") {
  const auto open = [](auto change) {
    StoreOptions options;
    options.name = test::unique_name();
    options.size = 2_MiB;
    change(options);
    const auto store = Store::open(options);
    REQUIRE_FALSE(store);
    CHECK(store.error().kind == ErrorKind::kBadArgument);
    return store.error().message;
  };
  const auto contains = [](const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
  };
  contains(open([](auto& o) { o.name = "a/b"; }), "name");
  contains(open([](auto& o) { o.size = ByteCount{0}; }), "0 were asked for");
  contains(open([](auto& o) { o.size = ByteCount{(1_MiB).value - 1}; }), "1048575");
  contains(open([](auto& o) { o.size = ByteCount{(64_GiB).value + 1}; }), "68719476737");
  contains(open([](auto& o) { o.entry_size = ByteCount{63}; }), "not 63");
  contains(open([](auto& o) { o.entry_size = ByteCount{(64_KiB).value + 1}; }), "not 65537");
}

TEST_CASE("options: the smallest size is enough for a cache that works") {
  StoreOptions options;
  options.name = test::unique_name();
  options.size = kSmallestSegment;
  auto store = Store::open(options);
  REQUIRE(store);
  {
    Session session(store.value());
    const std::string value(20'000, 'v');
    CHECK(session.put("key", {ValueKind::kShortString, std::as_bytes(std::span(value)), {}},
                      kNever) == PutOutcome::kStored);
    CHECK(session.has("key"));
  }
  store.value()->destroy();
}

}  // namespace nitro
