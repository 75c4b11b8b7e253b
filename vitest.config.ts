import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs nothing but Node; `service` starts a real PostgreSQL once for all its files. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["{ml,server,app,bin,bench}/**/*.test.ts"],
          exclude: ["**/*.service.test.ts", "**/node_modules/**"],
          // Modules are loaded once per worker: no file may leave anything behind that another could notice.
          isolate: false,
        },
      },
      {
        test: {
          name: "service",
          include: ["{server,bin,bench}/**/*.service.test.ts"],
          globalSetup: ["server/db/testing/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
