import { IncomingMessage, ServerResponse } from 'node:http';
import type { Express } from 'express';

type MessageClasses = { IncomingMessage: typeof IncomingMessage; ServerResponse: typeof ServerResponse };

/**
 * The classes for a server whose requests and responses are born with the application's prototypes. Express 5 gives each request
 * and each response its prototype by Object.setPrototypeOf when it arrives, which makes the engine forget what it knows of their
 * shape: most of the time of a small request. Where the prototype is already the one wanted, the call does nothing.
 *
 * A request that goes to an application mounted inside this one gets that one's prototypes as always, and its own back after it.
 */
export function readyPrototypes({ request, response }: Express): MessageClasses {
  return {
    IncomingMessage: bornWith(IncomingMessage, request),
    ServerResponse: bornWith(ServerResponse, response),
  } as MessageClasses;
}

/** Node's classes are functions of the old kind: what they set up, they set up on whatever is being constructed. */
function bornWith<Base extends new (...given: never[]) => object>(base: Base, prototype: object): Base {
  function Born(...given: ConstructorParameters<Base>): object {
    return Reflect.construct(base, given, Born) as object;
  }
  Born.prototype = prototype;
  return Born as unknown as Base;
}
