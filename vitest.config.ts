import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs nothing but Node; `service` starts a real PostgreSQL once for all its files. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{ml,server,app,bin}/**/*.test.ts"],
          exclude: ["**/*.service.test.ts", "**/node_modules/**"],
        },
      },
      {
        test: {
          name: "service",
          include: ["server/**/*.service.test.ts"],
          globalSetup: ["server/db/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
