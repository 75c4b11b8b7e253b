"""XGBoost's side of bench:train: reads a set, fits on one thread, writes the margins, prints one line of JSON."""

import json
import sys
import time

import numpy as np
import xgboost as xgb

path, margins_path, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
data = np.fromfile(path, dtype=np.uint8)
width, train_rows, test_rows, _ = data[:16].view(np.uint32).tolist()
features = data[16 : 16 + 8 * width * (train_rows + test_rows)].view(np.float64).reshape(-1, width)
labels = data[16 + 8 * width * (train_rows + test_rows) :]
train = xgb.DMatrix(features[:train_rows], label=labels[:train_rows], nthread=1)
params = {
    "objective": "binary:logistic",
    "tree_method": "hist",
    "nthread": 1,
    "eta": settings["learningRate"],
    "max_depth": settings["maxDepth"],
    "lambda": settings["l2"],
    "min_child_weight": settings["minChildHessian"],
    "max_bin": 256,
    "base_score": float(labels[:train_rows].mean()) if settings["startMargin"] == "prevalence" else 0.5,
}
wall, cpu = time.perf_counter(), time.process_time()
booster = xgb.train(params, train, settings["rounds"])
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
test = features[train_rows:]
scoring = time.process_time()
margins = booster.inplace_predict(test, predict_type="margin")
scoring = time.process_time() - scoring
margins.astype(np.float64).tofile(margins_path)
print(json.dumps({"fitCpuSeconds": cpu, "fitWallSeconds": wall, "scoreMicros": scoring / test_rows * 1e6, "version": xgb.__version__}))
