import type { Resource } from '../../../shared/operation';
import { getFirstMileS3Role, setFirstMileS3Role, validateFirstMileSamplesheet } from './firstMile';
import { activate, changeEmail, confirmPasswordReset, logout, register, requestPasswordReset, resendActivation, setPassword, verifyToken } from './logIns';
import { disableMfa, getBillingPortalLink, getMfaStatus, getSocialProviders, setUpMfa, socialDisconnect, socialSignUp, validateMfa } from './profile';

/** What a user does once: registration, passwords, the second factor, what is linked to the account. */
export const account: Resource = {
	name: 'Account',
	operations: {
		activate,
		changeEmail,
		confirmPasswordReset,
		disableMfa,
		getBillingPortalLink,
		getFirstMileS3Role,
		getMfaStatus,
		getSocialProviders,
		logout,
		register,
		requestPasswordReset,
		resendActivation,
		setFirstMileS3Role,
		setPassword,
		setUpMfa,
		socialDisconnect,
		socialSignUp,
		validateFirstMileSamplesheet,
		validateMfa,
		verifyToken,
	},
};
