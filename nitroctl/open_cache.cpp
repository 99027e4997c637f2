#include "nitroctl/open_cache.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/store/options.h"

#include "nitroctl/printing.h"

namespace nitro::ctl {
namespace {

Error no_such_cache(const std::string& name, const std::vector<CacheListing>& all) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const CacheListing& listing : all) {
    names.push_back(listing.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());

  std::string message = "This user has no cache named \"" + name + '"';
  if (names.empty()) {
    message +=
        ", nor any other: the first PHP process that uses one makes it. (Where shared memory cannot "
        "be listed, on macOS for one, --abi has to be given.)";
    return {ErrorKind::kNotFound, message};
  }
  message += ". Choose one with --cache:";
  for (const std::string& other : names) {
    message += "\n  " + other;
  }
  return {ErrorKind::kNotFound, message};
}

Error several_caches(const std::string& name, const std::vector<CacheListing>& candidates) {
  std::string message = "Several caches are named \"" + name +
                        "\": PHP versions whose values differ each have one of their own. "
                        "Choose one with --abi:";
  for (const CacheListing& listing : candidates) {
    message += "\n  --abi " + abi_text(listing.value_abi);
    // The maker stands in the segment only, so it takes an attachment to learn it.
    auto store = open_cache({name, listing.value_abi});
    if (store) {
      message += "  made by " + store.value()->facts().maker;
    }
  }
  return {ErrorKind::kBadArgument, message};
}

}  // namespace

Result<CacheChoice> complete_choice(CacheChoice choice) {
  if (const std::string why = why_name_is_bad(choice.name); !why.empty()) {
    return Error{ErrorKind::kBadArgument, "The cache name " + why + "."};
  }
  if (choice.abi) {
    return choice;
  }
  const std::vector<CacheListing> all = Store::list();
  std::vector<CacheListing> candidates;
  std::copy_if(all.begin(), all.end(), std::back_inserter(candidates),
               [&](const CacheListing& listing) { return listing.name == choice.name; });
  if (candidates.empty()) {
    return no_such_cache(choice.name, all);
  }
  if (candidates.size() > 1) {
    return several_caches(choice.name, candidates);
  }
  choice.abi = candidates.front().value_abi;
  return choice;
}

Result<std::shared_ptr<Store>> open_cache(const CacheChoice& choice) {
  auto complete = complete_choice(choice);
  if (!complete) {
    return complete.error();
  }
  StoreOptions options;
  options.name = complete.value().name;
  options.value_abi = *complete.value().abi;
  options.create = false;
  return Store::open(options);
}

}  // namespace nitro::ctl
