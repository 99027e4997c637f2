// The class NitroCache and its exception.
#pragma once

namespace nitro::php {

void register_classes();

}  // namespace nitro::php
