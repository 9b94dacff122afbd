// Loaded into each measured process: notes the most memory that it ever used, in MB, where BENCH_REPORT says.
process.on("exit", () => {
  require("node:fs").writeFileSync(process.env.BENCH_REPORT, `${process.resourceUsage().maxRSS / 1024}`);
});
