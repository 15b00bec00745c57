// x
// SPDX
int main(void){return 0;}
