/* SPDX-License-Identifier: Apache-2.0 */
/* The least an init can do: it ends the machine. What a bare boot costs is measured with it. */
#include <sys/reboot.h>

int main(void)
{
	return reboot(RB_AUTOBOOT);
}
