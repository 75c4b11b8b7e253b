#!/bin/sh
# Everything once: score, send again, a batch, read back, a label, and what a refusal looks like.
set -eu
here=$(dirname "$0")
id=${1:-pay_tour_$(date +%s)}
now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

first=$("$here/score.sh" "$id" "$now")
echo "decision: $first"
again=$("$here/score.sh" "$id" "$now")
[ "$first" = "$again" ] && echo "sent again: the same answer, byte for byte"
echo "batch: $("$here/batch.sh" "$id")"
read=$("$here/read.sh" "$id")
[ "$first" = "$read" ] && echo "read back: the same answer"
echo "label: $("$here/label.sh" "$id" "$now")"
echo "refusal: $("$here/read.sh" "${id}_unknown")"
