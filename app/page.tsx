import { currentActor } from "#server/auth/session.ts";
export default async function Page() {
  return <p>{(await currentActor())?.name ?? "nobody"}</p>;
}
