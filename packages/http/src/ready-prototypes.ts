import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

type MessageClasses = { IncomingMessage: typeof IncomingMessage; ServerResponse: typeof ServerResponse };

/**
 * The classes for a server whose requests and responses are born with the application's prototypes. Express 5 gives each request
 * and each response its prototype by Object.setPrototypeOf when it arrives, which makes the engine forget what it knows of their
 * shape: most of the time of a small request. Where the prototype is already the one wanted, the call does nothing.
 *
 * The application's prototypes are put behind the classes' own, which then are the application's: the engine makes objects fast
 * only for a class that it has compiled as one. (The other way round, objects constructed with the application's prototype by
 * Reflect.construct, is slower than Express as it comes.) A request that goes to an application mounted inside this one gets that
 * one's prototypes as always, and its own back after it.
 */
export function readyPrototypes(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {}
  app.request = behind(AppRequest.prototype, app.request);
  app.response = behind(AppResponse.prototype, app.response);
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

/** What the application's prototype has, seen through the class's. */
function behind<Prototype extends object>(own: object, inherited: Prototype): Prototype {
  return Object.setPrototypeOf(own, inherited) as Prototype;
}
