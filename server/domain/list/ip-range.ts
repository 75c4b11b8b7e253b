/** An address or range of addresses as a key that is equal for equal ranges. */
export type IpRange = {
  readonly version: 4 | 6;
  /** leading bits that all addresses of the range share */
  readonly bits: number;
  /** version 4: the bits as a number; version 6: their hexadecimal digits */
  readonly key: number | string;
  /** one spelling */
  readonly text: string;
};

/** Reads an address or a CIDR range; null when it is neither, or an IPv6 range not on a multiple of 4 bits. */
export function ipRange(text: string): IpRange | null {
  const [address = "", length, more] = text.split("/");
  if (more !== undefined || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const four = ipv4Number(address);
  if (four !== null) {
    const bits = length === undefined ? 32 : Number(length);
    if (bits > 32) return null;
    const key = maskedIpv4(four, bits);
    const dotted = [key >>> 24, (key >>> 16) & 255, (key >>> 8) & 255, key & 255].join(".");
    return { version: 4, bits, key, text: bits === 32 ? dotted : `${dotted}/${bits}` };
  }
  const six = ipv6Digits(address);
  if (six === null) return null;
  const bits = length === undefined ? 128 : Number(length);
  if (bits > 128 || bits % 4 !== 0) return null;
  const key = six.slice(0, bits / 4);
  const groups = (key.padEnd(32, "0").match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, ""));
  return { version: 6, bits, key, text: bits === 128 ? groups.join(":") : `${groups.join(":")}/${bits}` };
}

/** The leading `bits` of an address, the others zero, as an unsigned number. */
export function maskedIpv4(address: number, bits: number): number {
  return bits === 0 ? 0 : (address & (-1 << (32 - bits))) >>> 0;
}

/** The address as an unsigned number; null when it is none. Addresses of version 4 inside version 6 are of version 4. */
export function ipv4Number(text: string): number | null {
  const mapped = /^::ffff:(\d.*)$/i.exec(text)?.[1] ?? text;
  let value = 0;
  let part = -1;
  let parts = 0;
  for (let i = 0; i <= mapped.length; i++) {
    const code = i < mapped.length ? mapped.charCodeAt(i) : 46;
    if (code === 46) {
      if (part < 0 || parts === 4) return null;
      value = value * 256 + part;
      parts++;
      part = -1;
    } else {
      if (code < 48 || code > 57) return null;
      part = (part < 0 ? 0 : part) * 10 + code - 48;
      if (part > 255) return null;
    }
  }
  return parts === 4 ? value : null;
}

/** The 32 hexadecimal digits of an IPv6 address; null when it is none. */
export function ipv6Digits(text: string): string | null {
  const [head = "", tail, more] = text.toLowerCase().split("::");
  if (more !== undefined || !text.includes(":")) return null;
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = 8 - before.length - after.length;
  if (tail === undefined ? gap !== 0 : gap < 1) return null;
  const groups = [...before, ...Array.from({ length: gap }, () => "0"), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return groups.map((group) => group.padStart(4, "0")).join("");
}
