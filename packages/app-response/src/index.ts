export { AppError, defineErrors, type ErrorDefinition, type FieldError } from './app-error.ts';
export { type Envelope, envelope, type PageEnvelope } from './envelope.ts';
export { errorMiddleware, notFoundMiddleware } from './error-middleware.ts';
export { type Extension, type Extensions, extensions } from './extensions.ts';
export { PROBLEM_CONTENT_TYPE, type Problem, problemOf, problemType, toAppError } from './problem.ts';
export { requestErrors } from './request-errors.ts';
export { validate } from './validate.ts';
