export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (smtps), rather than by STARTTLS */
  readonly isTls: boolean;
  readonly login: { readonly user: string; readonly password: string } | null;
};

const SMTP_PORT = 587;
const SMTPS_PORT = 465;

/** Reads smtp://user:password@host:587 or smtps://…:465. Null for anything else. */
export function parseSmtpUrl(text: string): SmtpServer | null {
  const url = URL.parse(text);
  if (url === null || url.hostname === "" || (url.protocol !== "smtp:" && url.protocol !== "smtps:"))
    return null;
  const isTls = url.protocol === "smtps:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (isTls ? SMTPS_PORT : SMTP_PORT) : Number(url.port),
    isTls,
    login:
      url.username === ""
        ? null
        : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
  };
}
