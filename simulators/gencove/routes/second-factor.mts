import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.mts';
import { invalid, notFound } from '../errors.mts';
import { choice, readBody, text } from '../fields.mts';
import { MFA } from '../seeds.mts';

// what authenticator apps make codes from; here the code is always the same
const SECRET = 'SIMULATEDSECRETA';
const BACKUP_TOKENS = 5;
const DEVICE_TYPES = ['generator', 'yubikey'] as const;

/** Second factor (MFA) of the user who asks. Only in the specification. */
export function secondFactorRoutes(api: FastifyInstance, { accounts }: Context): void {
	api.get('/mfa-status/', async ({ gencoveUser: { otp } }) => ({ has_mfa_device: otp !== null }));

	api.post('/mfa-setup/', async ({ body, gencoveUser: user }, reply) => {
		const { device_type } = readBody(body, { device_type: choice(DEVICE_TYPES) });
		accounts.of(user).deviceType = device_type;
		const isGenerator = device_type === 'generator';
		const config_url = `otpauth://totp/Gencove:${encodeURIComponent(user.email)}?secret=${SECRET}&issuer=Gencove`;
		return reply.code(201).send({ secret: isGenerator ? SECRET : '', config_url: isGenerator ? config_url : '' });
	});

	api.post('/mfa-validate/', async ({ body, gencoveUser: user }, reply) => {
		const { token } = readBody(body, { token: text() });
		const account = accounts.of(user);
		if (account.deviceType === null || token !== MFA.code) throw invalid({ token: ['Invalid OTP token. Please make sure you entered it correctly.'] });
		account.deviceType = null;
		user.otp = MFA.code;
		return reply.code(201).send({ backup_tokens: Array.from({ length: BACKUP_TOKENS }, () => randomBytes(4).toString('hex')) });
	});

	api.delete('/mfa-disable/', async ({ gencoveUser: user }, reply) => {
		if (user.otp === null) throw notFound();
		user.otp = null;
		return reply.code(204).send();
	});
}
