import type { Role } from '@florin/auth-middleware';
import { idText } from '@florin/runtime';
import { id, time } from '@florin/values';
import Joi from 'joi';

/** In the order in which the database lists them. */
export const allRoles: readonly Role[] = ['buyer', 'staff', 'admin'];

/** An account, as its owner and admins see it. */
export type User = {
  id: string;
  email: string;
  name: string | null;
  roles: readonly Role[];
  status: 'active' | 'disabled';
  createdAt: Date;
};

export const userSchema = Joi.object<User>({
  id: id().required(),
  email: Joi.string().required(),
  name: Joi.string().allow(null).required(),
  roles: Joi.array()
    .items(Joi.string().valid(...allRoles))
    .required(),
  status: Joi.string().valid('active', 'disabled').required(),
  createdAt: time().required(),
});

export const userColumns = 'id, email, name, roles, status, created_at';

export type UserRow = {
  id: Buffer;
  email: string;
  name: string | null;
  /** A SET comes as text: `buyer,staff`. */
  roles: string;
  status: User['status'] | 'erased';
  created_at: Date;
};

export function userOfRow({ id, email, name, roles, status, created_at }: UserRow): User {
  return {
    id: idText(id),
    email,
    name,
    roles: roles.split(',') as Role[],
    status: status === 'active' ? 'active' : 'disabled',
    createdAt: created_at,
  };
}
