import type { ErrorRequestHandler, RequestHandler } from 'express';
import { AppError } from './app-error.ts';
import { PROBLEM_CONTENT_TYPE, problemOf, toAppError } from './problem.ts';
import { requestErrors } from './request-errors.ts';

type Options = {
  /** Returns the request id, which clients can quote to support. */
  requestIdOf(): string;
  /** Called with the error for statuses of 500 and above. Not called for an AppError without a cause. */
  onFault(error: unknown, status: number): void;
  /** Maps known errors of lower layers, such as an unavailable database, to an AppError. */
  recognise?(error: unknown): AppError | undefined;
};

/** Creates the error middleware: every error is returned as `application/problem+json` (RFC 9457). Mount it last. */
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

/** Answers 404 for requests without a route. Mount it before `errorMiddleware`. */
export const notFoundMiddleware: RequestHandler = (request, _response, next) => {
  next(new AppError(requestErrors.NOT_FOUND, { detail: `There is no ${request.method} ${request.path}.` }));
};
