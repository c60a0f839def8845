export type Progress = (message: string) => void;

/** Reports a step when it is done, with its time, and every two seconds while it runs. */
export async function reportStep<T>(onProgress: Progress, step: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const seconds = (digits: number): string => ((Date.now() - startedAt) / 1000).toFixed(digits);
  const timer = setInterval(() => onProgress(`${step} ... ${seconds(0)} s`), 2_000);
  try {
    const result = await work();
    onProgress(`${step}: done in ${seconds(1)} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
