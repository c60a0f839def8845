import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

type MessageClasses = { IncomingMessage: typeof IncomingMessage; ServerResponse: typeof ServerResponse };

/**
 * Builds the classes for a server whose requests and responses are created with the application's prototypes. Express 5 sets the
 * prototype of each request and response by Object.setPrototypeOf when it arrives. That makes V8 discard what it knows of their
 * shapes, which takes most of the time of a small request. If the prototype is already right, the call does nothing.
 *
 * The application's prototypes are placed behind those of the classes, because V8 creates objects fast only for a class that it
 * has compiled as one. (The opposite, creating objects with the application's prototype by Reflect.construct, is slower than
 * plain Express.) A request to an application mounted inside this one gets that application's prototypes as usual, and its own
 * back afterwards.
 */
export function readyPrototypes(app: Express): MessageClasses {
  class AppRequest extends IncomingMessage {}
  class AppResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {}
  app.request = behind(AppRequest.prototype, app.request);
  app.response = behind(AppResponse.prototype, app.response);
  return { IncomingMessage: AppRequest, ServerResponse: AppResponse };
}

/** Makes the class's prototype inherit from the application's. */
function behind<Prototype extends object>(own: object, inherited: Prototype): Prototype {
  return Object.setPrototypeOf(own, inherited) as Prototype;
}
