#include "base/common.h"

#include <stdio.h>

int main(void)
{
    puts("bellows " BELLOWS_VERSION);
    return 0;
}
