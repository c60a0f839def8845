import type { Express, NextFunction, Request, Response } from 'express';
import type { Endpoint } from './endpoint.ts';

/** Lets endpoints turn requests away before bodies and tokens are read; mount it before what reads them. */
export function mountAdmissions(app: Express, endpoints: readonly Endpoint[]): void {
  for (const { method, path, admit } of endpoints) {
    if (admit === undefined) continue;
    app[method](path, (_request: Request, _response: Response, next: NextFunction) => {
      admit();
      next();
    });
  }
}
