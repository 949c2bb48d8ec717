#!/usr/bin/env bash
# Lays out what an image of one program holds, from the machine it was built on.
#
#   deploy/image/assemble.sh <program> <folder>
#
# folder/system        libraries and tables of Debian, and who they are from
# folder/application   the program and its bill of materials
# folder/state         where the program may write, for the user of the image
#
# REVISION is the commit; every file bears the time SOURCE_DATE_EPOCH, so that one commit on one
# base gives one layer.
set -euo pipefail
program=$1
out=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
system=$out/system
application=$out/application
taken=$out/taken    # The files of Debian that were taken, one a line.
rm -rf "$out"
mkdir -p "$system"/{etc,tmp,usr/{bin,lib,lib64,sbin}} "$application" "$out/state/var/lib/kkr"
chmod 1777 "$system/tmp"
for folder in bin lib lib64 sbin; do ln -s "usr/$folder" "$system/$folder"; done

take() {  # The file at $1, which may be a link, under that very name.
  local path=$1
  case "$path" in
    /lib/* | /lib64/* | /bin/* | /sbin/*) path=/usr$path ;;
  esac
  [ -e "$system$path" ] && return 0
  realpath "$path" >>"$taken"
  mkdir -p "$system$(dirname "$path")"
  cp --dereference --preserve=mode "$path" "$system$path"
}

take_libraries() {  # What the loader brings in for the file at $1.
  local library
  while read -r library; do take "$library"; done < <(
    ldd "$1" | grep -oE '/[^ ]+' | sort)
}

take_tables() {  # What no loader names: time zones, file types, character sets.
  local library_folder table
  library_folder=$(dirname "$(ldd "$binary" | grep -oE '/[^ ]+/libc\.so\.6')")
  mkdir -p "$system/usr/share/misc"
  cp --archive /usr/share/zoneinfo "$system/usr/share/"
  rm -rf "$system"/usr/share/zoneinfo/{posix,right}
  echo /usr/share/zoneinfo/UTC >>"$taken"
  take "$(realpath /usr/share/misc/magic.mgc)"
  [ -e "$system/usr/share/misc/magic.mgc" ] ||
    ln -s "$(realpath /usr/share/misc/magic.mgc)" "$system/usr/share/misc/magic.mgc"
  mkdir -p "$system/usr$library_folder/gconv"
  for table in gconv-modules gconv-modules.cache ISO8859-1.so ISO8859-15.so CP1252.so; do
    [ ! -e "/usr$library_folder/gconv/$table" ] ||
      cp "/usr$library_folder/gconv/$table" "$system/usr$library_folder/gconv/"
  done
  mkdir -p "$system/etc/ssl/certs"
  cp /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/"
  echo /usr/sbin/update-ca-certificates >>"$taken"  # What made that file.
}

write_accounts() {
  echo 'kkr:x:10001:10001:KKR:/var/lib/kkr:/nonexistent' >"$system/etc/passwd"
  echo 'kkr:x:10001:' >"$system/etc/group"
  echo 'hosts: files dns' >"$system/etc/nsswitch.conf"
  cp /etc/os-release "$system/etc/os-release"
  realpath /etc/os-release >>"$taken"
}

name_packages() {  # Of the files taken; Debian has some under /lib, where /usr/lib is the same.
  local files file owners
  mapfile -t files <"$taken"
  owners=$(dpkg-query -S "${files[@]}" "${files[@]#/usr}" 2>/dev/null || true)
  for file in "${files[@]}"; do
    [[ $owners$'\n' == *": $file"$'\n'* || $owners$'\n' == *": ${file#/usr}"$'\n'* ]] ||
      { echo "assemble.sh: no package has $file" >&2; return 1; }
  done
  cut -d : -f 1 <<<"$owners" | sort -u
}

describe_packages() {  # For scanners and for the licences' sake.
  local package
  mkdir -p "$system/var/lib/dpkg/status.d"
  name_packages >"$out/packages"
  while read -r package; do
    dpkg-query -s "$package" >"$system/var/lib/dpkg/status.d/$package"
    mkdir -p "$system/usr/share/doc/$package"
    cp --dereference "/usr/share/doc/$package/copyright" "$system/usr/share/doc/$package/"
  done <"$out/packages"
}

binary=$(find "$root/build/release" -type f -name "$program" -perm -u+x)
[ -n "$binary" ] || { echo "assemble.sh: $program is not built" >&2; exit 1; }
install -D --strip "$binary" "$application/usr/bin/$program"
ln -s "$program" "$application/usr/bin/program"
take_libraries "$binary"
take_tables
write_accounts
describe_packages
mkdir -p "$application/usr/share/sbom"
ninja -C "$root/build/release" -t deps | grep -oE '^ +/usr/include/.*' | sort -u >"$out/headers"
python3 "$root/deploy/image/sbom.py" "$program" "${REVISION:-unknown}" \
  "${SOURCE_DATE_EPOCH:-0}" "$out/packages" "$out/headers" \
  "$application/usr/bin/$program" >"$application/usr/share/sbom/$program.spdx.json"
find "$system" "$application" "$out/state" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-0}" {} +
