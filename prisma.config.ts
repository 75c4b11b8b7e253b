import { defineConfig } from "prisma/config";

/** For Prisma's own commands where the network is open; Assay itself applies migrations at start. */
export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
