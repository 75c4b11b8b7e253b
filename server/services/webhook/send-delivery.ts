import { z } from "zod";
import { alertWords } from "#server/services/alert/index.ts";
import type { Claimed } from "./claim-deliveries.ts";
import { type Posted, postJson } from "./post-json.ts";
import { signatureOf } from "./secret.ts";
import type { Answer } from "./settle-delivery.ts";
import { type MailSettings, sendMail } from "./smtp/send-mail.ts";

export type Senders = {
  readonly allowPrivate: boolean;
  /** null where no SMTP server is set: e-mail then waits and fails as any other delivery */
  readonly mail: MailSettings | null;
  /** where the pages are, for links */
  readonly pagesUrl: string;
  readonly now: () => Date;
};

const TIMEOUT_MS = 10_000;
const GONE = 410;

/** Makes one attempt; never throws. Anything but a 2xx is a failure, redirects too. */
export async function sendDelivery(claimed: Claimed, senders: Senders): Promise<Answer> {
  try {
    if (claimed.endpoint.kind === "email") return await mailed(claimed, senders);
    const code = await postJson({
      ...messageOf(claimed, senders),
      url: claimed.endpoint.target,
      timeoutMs: TIMEOUT_MS,
      allowPrivate: senders.allowPrivate,
    });
    const isFine = code >= 200 && code < 300;
    return { code, error: isFine ? null : `answered ${code}`, gone: code === GONE };
  } catch (error) {
    return { code: null, error: error instanceof Error ? wordsOf(error) : "unknown", gone: false };
  }
}

/** Node's network errors may have a code and no message. */
function wordsOf(error: Error): string {
  const { code } = z.object({ code: z.string().optional() }).parse({ code: Reflect.get(error, "code") });
  return error.message === "" ? (code ?? error.name) : error.message;
}

/** A signed webhook as Standard Webhooks has it, or {text} for a chat. The id is the event's: the same in each attempt. */
function messageOf(
  { eventId, type, payload, at, endpoint }: Claimed,
  { pagesUrl, now }: Senders,
): Pick<Posted, "headers" | "body"> {
  if (endpoint.kind === "chat") {
    return { headers: {}, body: JSON.stringify({ text: textOf(payload, pagesUrl) }) };
  }
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data: payload });
  const timestamp = Math.floor(now().getTime() / 1_000);
  const headers = {
    "webhook-id": eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatureOf(endpoint.secrets, { id: eventId, timestamp, body }),
  };
  return { headers, body };
}

function textOf(payload: unknown, pagesUrl: string): string {
  const { severity, title, says, link } = alertWords(payload);
  return `[${severity}] ${title}\n${says}\n${new URL(link, pagesUrl).href}`;
}

async function mailed({ endpoint, eventId, payload }: Claimed, { mail, pagesUrl }: Senders): Promise<Answer> {
  if (mail === null) return { code: null, error: "no SMTP server is set (SMTP_URL)", gone: false };
  const { severity, title } = alertWords(payload);
  const code = await sendMail(mail, {
    to: endpoint.target,
    subject: `[Assay, ${severity}] ${title}`,
    text: textOf(payload, pagesUrl),
    id: eventId,
    timeoutMs: TIMEOUT_MS,
  });
  return { code, error: null, gone: false };
}
