import { BlockList, isIP } from "node:net";

/** Networks that are not the internet: RFC 6890 and its successors. */
const networks = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  ["::", 96], // unspecified, loopback, and IPv4 in its old notation
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
] as const;

const internal = new BlockList();
for (const [network, bits] of networks) {
  internal.addSubnet(network, bits, network.includes(":") ? "ipv6" : "ipv4");
}
const MAPPED = /^::ffff:/i;

/** True for addresses that no webhook may reach unless the installation allows it; true for what is no address. */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return true;
  if (family === 4) return internal.check(bare, "ipv4");
  // a mapped address is judged by the IPv4 address within, which BlockList does by itself
  return MAPPED.test(bare)
    ? internal.check(bare, "ipv6") || isMappedPrivate(bare)
    : internal.check(bare, "ipv6");
}

function isMappedPrivate(address: string): boolean {
  const tail = address.replace(MAPPED, "");
  if (isIP(tail) === 4) return internal.check(tail, "ipv4");
  const [high = 0, low = 0] = tail.split(":").map((part) => Number.parseInt(part, 16));
  return internal.check([high >> 8, high & 255, low >> 8, low & 255].join("."), "ipv4");
}
