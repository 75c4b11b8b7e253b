import type { Metadata } from "next";
import type { ReactNode } from "react";
import { refusedUnless } from "#app/shell/refused-page.tsx";
import { HydrateClient, prefetch, trpc } from "#app/trpc/server.tsx";
import { SecondReviews } from "./second-reviews.tsx";

export const metadata: Metadata = { title: "Second reviews" };

export default async function Page(): Promise<ReactNode> {
  const refused = await refusedUnless("second_review:work", "Second reviews");
  if (refused !== null) return refused;
  await prefetch(trpc.secondReview.desk.queryOptions());
  return (
    <HydrateClient>
      <SecondReviews />
    </HydrateClient>
  );
}
