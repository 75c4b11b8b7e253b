"use client";
import type { ReactNode } from "react";
import { Select } from "#app/ui/field.tsx";
import type { RetrainingSettings } from "#server/domain/retraining-settings.ts";

type Schedule = RetrainingSettings["schedule"];

const every: { value: Schedule["every"]; label: string }[] = [
  { value: "off", label: "No schedule" },
  { value: "day", label: "Every day" },
  { value: "week", label: "Every week" },
];
const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"].map(
  (label, value) => ({ value: String(value), label }),
);
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, "0")}:00 UTC`,
}));

type ScheduleFieldsProps = { schedule: Schedule; onChange: (schedule: Schedule) => void };

/** How often, on which day, at which hour. */
export function ScheduleFields({ schedule, onChange }: ScheduleFieldsProps): ReactNode {
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Select
        label="Schedule"
        options={every}
        value={schedule.every}
        onValueChange={(value) =>
          onChange({ ...schedule, every: every.find((one) => one.value === value)?.value ?? "off" })
        }
      />
      {schedule.every === "week" && (
        <Select
          label="On"
          options={weekdays}
          value={String(schedule.weekday)}
          onValueChange={(value) => onChange({ ...schedule, weekday: Number(value) })}
        />
      )}
      {schedule.every !== "off" && (
        <Select
          label="At"
          options={hours}
          value={String(schedule.hourUtc)}
          onValueChange={(value) => onChange({ ...schedule, hourUtc: Number(value) })}
        />
      )}
    </div>
  );
}
