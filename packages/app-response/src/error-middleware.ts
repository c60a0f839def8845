import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from './app-error.ts';
import { PROBLEM_CONTENT_TYPE, problemOf, toAppError } from './problem.ts';
import { requestErrors } from './request-errors.ts';

type Options = {
  /** The id that the client can quote to support. */
  requestIdOf(): string;
  /** Called for failures of ours (status 500 and above) with what was thrown; not for refusals, which are AppErrors without a cause. */
  onFault(error: unknown, status: number): void;
  /** Recognises failures of the parts below, such as a database that is away, as an expected error. */
  recognise?(error: unknown): AppError | undefined;
};

/** The one error middleware: every failure leaves as `application/problem+json`. Mount it last. */
export function errorMiddleware({ requestIdOf, onFault, recognise = () => undefined }: Options): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const failure = error instanceof AppError ? error : (recognise(error) ?? toAppError(error));
    const isRefusal = failure === error && failure.cause === undefined;
    if (failure.status >= 500 && !isRefusal) onFault(error, failure.status);
    if (response.headersSent) {
      next(error);
      return;
    }
    response
      .status(failure.status)
      .set({ 'Cache-Control': 'no-store', ...failure.headers })
      .type(PROBLEM_CONTENT_TYPE)
      .send(JSON.stringify(problemOf(failure, requestIdOf())));
  };
}

/** Answers what no route took. Mount it before `errorMiddleware`. */
export const notFoundMiddleware: RequestHandler = (request, _response, next) => {
  next(new AppError(requestErrors.NOT_FOUND, { detail: `There is no ${request.method} ${request.path}.` }));
};
