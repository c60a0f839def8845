import Joi from 'joi';

/**
 * An id in its one written form, lower case with hyphens. Joi's own `guid()` also takes capitals, braces, colons and none at all:
 * the same id would then be many keys of a map or an inbox.
 */
export const idSchema = Joi.string().guid({ separator: '-', wrapper: false }).lowercase();
