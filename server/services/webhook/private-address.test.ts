import { expect, test } from "vitest";
import { isPrivateAddress } from "./private-address.ts";

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.0.9",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "255.255.255.255",
  "224.0.0.1",
  "::1",
  "[::1]",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::ffff:a9fe:a9fe",
  "fd00::1",
  "fe80::1%eth0",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "example.com",
  "",
])("%s is not the internet", (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(["8.8.8.8", "172.32.0.1", "11.0.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "[2a00:1450::1]"])(
  "%s is",
  (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  },
);
