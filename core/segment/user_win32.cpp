#include "core/segment/user_win32.h"

#include <vector>

#include <aclapi.h>
#include <sddl.h>

#include "core/segment/handle_win32.h"

namespace nitro::platform {

namespace {

// The buffer of a TOKEN_USER; empty when Windows does not tell.
std::vector<std::byte> token_user() {
  HANDLE opened = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &opened)) {
    return {};
  }
  const Handle token(opened);
  DWORD size = 0;
  GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
  std::vector<std::byte> buffer(size);
  if (size == 0 || !GetTokenInformation(token.get(), TokenUser, buffer.data(), size, &size)) {
    return {};
  }
  return buffer;
}

PSID id_in(const std::vector<std::byte>& buffer) {
  return reinterpret_cast<const TOKEN_USER*>(buffer.data())->User.Sid;
}

bool lets_others_in(ACL* list, PSID us) {
  if (list == nullptr) {
    return true;  // no list at all lets everybody in
  }
  for (DWORD i = 0; i < list->AceCount; ++i) {
    void* entry = nullptr;
    if (!GetAce(list, i, &entry)) {
      return true;
    }
    const auto* header = static_cast<const ACE_HEADER*>(entry);
    if (header->AceType == ACCESS_DENIED_ACE_TYPE) {
      continue;
    }
    if (header->AceType != ACCESS_ALLOWED_ACE_TYPE ||
        !EqualSid(&static_cast<ACCESS_ALLOWED_ACE*>(entry)->SidStart, us)) {
      return true;
    }
  }
  return false;
}

std::string why_not_ours(HANDLE object, SE_OBJECT_TYPE type, bool alone) {
  const auto buffer = token_user();
  PSID owner = nullptr;
  ACL* list = nullptr;
  PSECURITY_DESCRIPTOR descriptor = nullptr;
  if (buffer.empty() ||
      GetSecurityInfo(object, type, OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
                      nullptr, &list, nullptr, &descriptor) != ERROR_SUCCESS) {
    return "does not tell whose it is";
  }
  std::string why;
  if (owner == nullptr || !EqualSid(owner, id_in(buffer))) {
    why = "belongs to another user than the one who runs this process";
  } else if (alone && lets_others_in(list, id_in(buffer))) {
    why = "may be opened by other users, who may have changed it";
  }
  LocalFree(descriptor);
  return why;
}

}  // namespace

std::wstring own_security_id() {
  const auto buffer = token_user();
  wchar_t* text = nullptr;
  if (buffer.empty() || !ConvertSidToStringSidW(id_in(buffer), &text)) {
    return {};
  }
  std::wstring id = text;
  LocalFree(text);
  return id;
}

OnlyForUs::OnlyForUs() {
  attributes_.nLength = sizeof(attributes_);
  const std::wstring us = own_security_id();
  if (us.empty()) {
    return;
  }
  // We own it; a list that inherits nothing; one entry, inherited by what is made inside: we may do
  // everything.
  const std::wstring description = L"O:" + us + L"D:P(A;OICI;GA;;;" + us + L")";
  ConvertStringSecurityDescriptorToSecurityDescriptorW(description.c_str(), SDDL_REVISION_1,
                                                       &attributes_.lpSecurityDescriptor, nullptr);
}

OnlyForUs::~OnlyForUs() { LocalFree(attributes_.lpSecurityDescriptor); }

std::string why_file_not_ours(HANDLE file) { return why_not_ours(file, SE_FILE_OBJECT, false); }

std::string why_memory_not_ours(HANDLE section) {
  return why_not_ours(section, SE_KERNEL_OBJECT, true);
}

}  // namespace nitro::platform
