export { AppError, defineErrors, type ErrorDefinition, type FieldError } from './app-error.ts';
export { type Envelope, envelope, type PageEnvelope } from './envelope.ts';
export { errorMiddleware, notFoundMiddleware } from './error-middleware.ts';
export { PROBLEM_CONTENT_TYPE, type Problem, problemOf, toAppError } from './problem.ts';
export { requestErrors } from './request-errors.ts';
export { validate } from './validate.ts';
