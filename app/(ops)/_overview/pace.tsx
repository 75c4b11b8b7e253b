import type { ReactNode } from "react";
import { Sparkline } from "#app/charts/sparkline.tsx";
import { count } from "#app/format/number.ts";
import { Card } from "#app/ui/card.tsx";

/** Payments scored in each minute of the last hour. */
export function Pace({ perMinute }: { perMinute: readonly number[] }): ReactNode {
  const last = perMinute.at(-1) ?? 0;
  const total = perMinute.reduce((sum, n) => sum + n, 0);
  const most = Math.max(0, ...perMinute);
  const title =
    total === 0 ? "Nothing was scored in the last hour" : `${count(last)} payments in the last full minute`;
  return (
    <Card title={title}>
      <Sparkline
        values={perMinute}
        height={176}
        description={`Payments per minute over the last hour: ${count(total)} in all, at most ${count(most)} in a minute`}
      />
      <div aria-hidden="true" className="mt-1 flex justify-between text-xs text-muted">
        <span>60 min ago</span>
        <span>now</span>
      </div>
      <p className="mt-2 text-xs text-muted">
        {count(total)} scored live in the last hour, at most {count(most)} in a minute.
      </p>
    </Card>
  );
}
