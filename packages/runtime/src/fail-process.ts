/**
 * Ends the process with an error, as `runProcess` does for every uncaught error; its supervisor restarts it. For failures after
 * which a service looks alive but does nothing, such as a consumer that has ended for good. The error is thrown outside the
 * calling listener, so that no caller can catch it.
 */
export function failProcess(error: Error): void {
  setImmediate(() => {
    throw error;
  });
}
