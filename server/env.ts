import { z } from "zod";

const Port = z.coerce.number().int().min(1).max(65_535);

/** Settings of the installation, read once at start. README and .env.example list them. */
const Environment = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// URL" }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "must be a redis:// or rediss:// URL" }).optional(),
  PORT: Port.default(3000),
  SCORING_PORT: Port.default(3001),
  HOST: z.string().min(1).default("127.0.0.1"),
  SCORING_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// URL" }).optional(),
  ASSAY_DATA_DIR: z.string().min(1).default(".data"),
  ASSAY_ENVIRONMENT: z.enum(["demo", "production"]).default("production"),
  ARTIFACT_STORE: z
    .union([z.literal("disk"), z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[^\s]*)?$/)], {
      error: "must be disk or s3://bucket/prefix",
    })
    .default("disk"),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "must be an http(s):// URL" }).optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  AUTH_SECRET: z.string().min(16, "must be at least 16 characters").optional(),
  AUTH_URL: z.url({ protocol: /^https?$/, error: "must be an http(s):// URL" }).optional(),
  WEBHOOKS_ALLOW_PRIVATE: z.stringbool({ error: "must be true or false" }).default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// URL" }).optional(),
  ALERT_EMAIL_FROM: z.email("must be an e-mail address").default("assay@localhost.localdomain"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});
export type Environment = z.infer<typeof Environment>;

/** Thrown when a setting is wrong; the message names every wrong one. */
export class EnvironmentError extends Error {}

/**
 * Reads and checks the environment. Empty strings count as unset.
 * @throws EnvironmentError naming each wrong variable and what it must be.
 */
export function readEnvironment(source: Record<string, string | undefined> = process.env): Environment {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new EnvironmentError(`These settings are wrong:\n${lines.join("\n")}`);
}

/** Where the scoring API is reached from the other processes of this installation. */
export function scoringUrl(env: Environment): string {
  return env.SCORING_URL ?? `http://127.0.0.1:${env.SCORING_PORT}`;
}

/** Where people open the pages, for links in messages. */
export function pagesUrl(env: Environment): string {
  return env.AUTH_URL ?? `http://127.0.0.1:${env.PORT}`;
}
